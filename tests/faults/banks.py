"""A small file of each format that is read, with every kind of thing that can stand in it."""

BANKS = {
    "aiken": (
        "Who was\nfirst?\nA. Ann\nB) Ben or\nBo\nANSWER: A\nFEEDBACK: She ran.\n\n"
        "Which?\na. x\nb. y\nc. z\nAnswer: a, c\n\nTwice a day?\nA. True\nB. False\nANSWER: B\n"
    ),
    "csv": (
        "type,id,category,objective,points,stem,text,correct,answer 1,match 1,feedback 1,answer 2,"
        "match 2,tolerance,unit,explanation,hint 1\n"
        'choice,who,A / B,know,2,Who?,,1,Ann,,Yes.,Ben,,,,So.,Look\n"gaps",g,,,3,Fill.,'
        '"The {{moon|sun}} pulls {{\'=x}}.",,,,,,,,,,\nnumber,n,,,1,How?,,1,12.4,,,24,,0.5,h,,\n'
        "match,m,,,1,Match.,,,a,1,,b,2,,,,\ntrue_false,t,,,1,Twice?,,TRUE,,,,,,,,,\n"
    ),
    "tsv": (
        "Quiz\t\t\n\tQuestion - max 120\tAnswer 1\tAnswer 2\tTime limit (sec)\tCorrect answer(s)\n"
        '1\tWho?\tAnn\t"Ben ""B"""\t20\t1,2\n2\tWhat?\tx\ty\t20\tB\n'
    ),
    "markdown": (
        "---\na: b\n---\n# The tide\n\nIt rises.\n\n<quiz>\nWho?\n```\n- [x] no\n```\n- [x] Ann\n"
        "  > Yes.\n- [ ] Ben\n\nSo.\n</quiz>\n<quiz>\nThe [[moon|sun]].\n---\nSo.\n</quiz>\n"
        "### Order\n\n> Hint\n\n1. a\n2. b\n\n## Two?\n- [x] a\n- [ ] b\n    > No.\n"
    ),
    "markdown of text2qti": (
        "Quiz title: T\nTitle: S\nPoints: 2\n1.  Who?\n... So.\n*a) Ann\n... Yes.\nb) Ben\n\n"
        "    more\n2.  Which?\n[*] x\n[ ] y\n3.  How?\n=   1.4 +- 5%\n4.  In?\n=   [1, 2]\n"
        "5.  What?\n*   ebb\n"
        "6.  Write\n____\nGROUP\npick: 1\n7.  T?\n*a) True\nb) False\nEND_GROUP\n% c\nText: Read.\n"
    ),
    "swirl": (
        "- Class: meta\n  Lesson: Tides\n- Class: text\n  Output: It rises, and\n    falls.\n"
        "- Class: mult_question\n  Output: 'What: the most?'\n  AnswerChoices: a; b; c\n"
        "  CorrectAnswer: b\n  Hint: Look\n- Class: range_question\n  Output: How?\n"
        "  CorrectAnswer: 7; 13\n- Class: cmd_question\n  Output: Type.\n  CorrectAnswer: x\n"
    ),
    "anki": (
        "#separator:tab\n#html:true\n#tags column:3\n#deck:Sea::Tides\nWhat <b>falls</b>?\t"
        'the&nbsp;tide\tebb marked\textra\n"Two\nlines"\tx<br>y\t\nThe {{c1::moon::hint}} '
        "pulls {{c2::it}}. [sound:a.mp3]<img src='b'>\tback\t\n"
    ),
    "qti": (
        '<?xml version="1.0"?>\n<questestinterop><assessment title="T"><section><item title="I">'
        "<itemmetadata><qtimetadata><qtimetadatafield><fieldlabel>question_type</fieldlabel>"
        "<fieldentry>multiple_choice_question</fieldentry></qtimetadatafield></qtimetadata>"
        "</itemmetadata><presentation><material><mattext texttype='text/html'>&lt;p&gt;Who?"
        "&lt;/p&gt;</mattext></material><response_lid ident='r'><render_choice>"
        "<response_label ident='1'><material><mattext>Ann</mattext></material></response_label>"
        "<response_label ident='2'><material><mattext>Ben</mattext></material></response_label>"
        "</render_choice></response_lid></presentation><resprocessing><respcondition><conditionvar>"
        "<varequal respident='r'>1</varequal></conditionvar><setvar>100</setvar><displayfeedback "
        "linkrefid='1_fb'/></respcondition></resprocessing><itemfeedback ident='1_fb'><material>"
        "<mattext>Yes</mattext></material></itemfeedback></item></section></assessment>"
        "</questestinterop>"
    ),
    "qti of version 2": (
        '<?xml version="1.0"?>\n<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" '
        'identifier="i" title="I"><responseDeclaration identifier="R" cardinality="single" '
        'baseType="float"><correctResponse><value>2.5</value></correctResponse><mapping><mapEntry '
        'mapKey="2" mappedValue="1" caseSensitive="false"/></mapping></responseDeclaration>'
        '<outcomeDeclaration identifier="MAXSCORE"><defaultValue><value>3</value></defaultValue>'
        "</outcomeDeclaration><itemBody><div>How &lt;b&gt; <b>many</b>?</div><p>"
        '<textEntryInteraction responseIdentifier="R"/> and <inlineChoiceInteraction '
        'responseIdentifier="R"><inlineChoice identifier="2">a</inlineChoice>'
        "</inlineChoiceInteraction></p></itemBody><responseProcessing><equal toleranceMode="
        '"relative" tolerance="5 5"><baseValue>2.5</baseValue></equal></responseProcessing>'
        '<modalFeedback identifier="general">So.</modalFeedback></assessmentItem>'
    ),
}
"""Texts by their format; what stands behind the format's name only tells them apart."""
