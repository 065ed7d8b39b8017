"""Where reported clauses begin and end in sentences as papers write them: each finding by its example."""

from __future__ import annotations

import pytest

from tests.indexer.test_quotations import quotes

BEGINNINGS = [
    # an aside between the subject of the clause and its verb
    (
        "Ann Orsk, who ran the port for a decade, said their new cranes, the pride of the quay, would stand idle.",
        ["their new cranes, the pride of the quay, would stand idle"],
    ),
    (
        "The union left the talks, saying the port's offer -- two per cent a year -- was an insult.",
        ["the port's offer -- two per cent a year -- was an insult"],
    ),
    (
        "Lemay told council the best offer for the old pier, from a diver in Senna Cove, was $2.6 million.",
        ["the best offer for the old pier, from a diver in Senna Cove, was $2.6 million"],
    ),
    # a title in marks ahead of the cue is no quote that the cue closes
    (
        "Tom Hale, host of the show “Harbour Hour,” suggested the mayor's refusal could cost her the vote.",
        ["the mayor's refusal could cost her the vote"],
    ),
    # more is told behind a quote
    ("“It leaks,” Orsk told Harbour News that the dam would shut.", ["It leaks,", "the dam would shut"]),
    ("Hale called it “a farce,” saying they were playing with words.", ["it “a farce,”", "they were playing with words"]),
    # who was told, and when
    (
        "Orsk told host Max Quill she believed that the board would release the letter.",
        ["she believed that the board would release the letter"],
    ),
    ("Hale told reporters Tuesday the city would appeal.", ["the city would appeal"]),
    ("Hale told reporters at a Tuesday meeting he would appeal.", ["he would appeal"]),
    # when and to whom something was said or written
    (
        "The ferry firms said in letters to riders boats will sail as before.",
        ["boats will sail as before"],
    ),
    ("Beekeepers complained at the time the hives were robbed every night.", ["the hives were robbed every night"]),
    ("The harbour board has been saying since the autumn it would raise its dues.", ["it would raise its dues"]),
    ("A judge ruled Thursday the city had broken its own bylaw.", ["the city had broken its own bylaw"]),
    # a "that" further inside the clause
    (
        "Orsk cautioned there is no proof that a longer wall would change it.",
        ["there is no proof that a longer wall would change it"],
    ),
    (
        "Hale went on to say he mends nets in the old mill.",
        ["he mends nets in the old mill"],
    ),
    # a list is the subject
    ("Orsk said Catholic, Jewish and Quaker schools must close.", ["Catholic, Jewish and Quaker schools must close"]),
    # they have found; others only find
    ("A crew went down. They found there was a leak in the wall.", ["there was a leak in the wall"]),
    ("A crew went down. They found a leak in the wall.", []),
    # behind a comma, and behind a listener's name
    ("Orsk said in a statement, crews would stay on the wall.", ["crews would stay on the wall"]),
    ("Hale told Harbour News people's lives had changed.", ["people's lives had changed"]),
    (
        "He told rowers at a bread and cheese supper in Senna Cove that the dam would hold.",
        ["the dam would hold"],
    ),
    # a day and a comma stand before the clause, whatever noun it begins with
    ("The minister noted on Monday, the dam was full.", ["the dam was full"]),
    ("Harbour News reported on Thursday, traffic had risen to 55 boats a day.", ["traffic had risen to 55 boats a day"]),
    ("The minister met the crew and reported on Monday, the day of the storm, for work.", []),
    ("In one tweet Friday, Hale said: “It holds.”", ["It holds."]),
    # an adverb that turns to the next sentence tells nothing alone
    ("However, she added, the gates of the dam are old.", ["the gates of the dam are old"]),
    # a name and what it stands for are the subject
    ("Greta Orsk, the warden of the guild, announced the inquiry on Monday.", []),
    ("The gates are old, said Ann Orsk, a diver.", ["The gates are old"]),
    # what is written down shows what stands before
    ("Worries over costs were behind the decision, the minutes showed.", ["Worries over costs were behind the decision"]),
    ("The port lost half of its boats in a year, records show.", ["The port lost half of its boats in a year"]),
    # quoted words are whom a call asks
    (
        "Hale called on “all who fish, sail and dive” to stay at home.",
        ["“all who fish, sail and dive” to stay at home"],
    ),
    # what is wished has a verb without an ending
    ("Hale asked the court step in before the vote.", ["the court step in before the vote"]),
    # a source without a comma, and one in the middle
    ("According to court papers the man had left in May.", ["the man had left in May"]),
    ("Tests were late; according to prosecutors, the lab had lost them.", ["the lab had lost them"]),
    # "as" right behind its cue
    ("The dam leaked, which Hale described as a cause for worry, and it sank.", ["a cause for worry"]),
    # cues of several words
    ("Orsk made it clear that she would stay.", ["she would stay"]),
    ("Hale wanted to know whether the dam was safe.", ["whether the dam was safe"]),
    # one word ahead of the quote that ends the clause
    ("Noise “cannot be the price of work,” Orsk said.", ["Noise “cannot be the price of work,”"]),
    ("But “it cannot be the price of work,” Orsk said.", ["it cannot be the price of work,"]),
    # "that" is the subject
    ("The province says that is half of what it needs.", ["that is half of what it needs"]),
    ("Quill denies ever having met the woman.", ["ever having met the woman"]),
    ("The group is calling for an inquiry into the deaths.", ["an inquiry into the deaths"]),
    # words that only lead to what stands behind the cue
    ("It was mended in May and, Orsk said, will hold for years.", ["will hold for years"]),
    ("After that, Orsk said, it will hold.", ["After that", "it will hold"]),
]  # fmt: skip

ENDINGS = [
    # the speaker says no more
    (
        "Hale promised nobody would row alone, but stopped short of naming a skipper.",
        ["nobody would row alone"],
    ),
    ("Police said the road was shut, but would not say when it would open.", ["the road was shut"]),
    ("Orsk said the mill would close, and did not elaborate.", ["the mill would close"]),
    ("Orsk insisted there was no deal but twice declined to say whether there had been.", ["there was no deal"]),
    # a list ends the sentence, an aside stands between dashes
    (
        "Orsk warned that crews lacked pumps, boats and nets.",
        ["crews lacked pumps, boats and nets"],
    ),
    (
        "Orsk said walls with cracks — called seams — were closed in May.",
        ["walls with cracks — called seams — were closed in May"],
    ),
    (
        "On Friday, the ministry said its estimate for the port - much of which was lost - was 20 million crowns.",
        ["its estimate for the port - much of which was lost - was 20 million crowns"],
    ),
    # two sums in one bracket
    (
        "Shares fell as the ministry said it expected costs of 30 million crowns ($3m; £2m) to be shared by the towns.",
        ["it expected costs of 30 million crowns ($3m; £2m) to be shared by the towns"],
    ),
    (
        "The repair cost 30 million crowns ($3m; £2m) a year, Orsk said.",
        ["The repair cost 30 million crowns ($3m; £2m) a year"],
    ),
    # a speaker of the present has said more
    (
        "Harbour News claims that a million people read it and has publicly said it would be happy with more.",
        ["a million people read it", "it would be happy with more"],
    ),
    (
        "Orsk said he heard Hale talk of the dam and especially mentioned an old crack.",
        ["he heard Hale talk of the dam and especially mentioned an old crack"],
    ),
    # a participle reports on
    (
        "The ward in Campbell Bay, N.B., will close for a week, Vitalis Network announced Friday, blaming a lack of nurses.",
        ["The ward in Campbell Bay, N.B., will close for a week"],
    ),
    ("It is late, Orsk said, adding that crews would go on all night.", ["It is late", "crews would go on all night"]),
    # somebody else says what follows
    (
        "The city will buy ten boats, Orsk said Friday, but the union says it needs twenty.",
        ["The city will buy ten boats", "it needs twenty"],
    ),
    (
        "The talks stopped, with the union calling it “a farce” and the firm saying it is final.",
        ["it “a farce”", "it is final"],
    ),
    ("The mill said it keeps to its tally and declined further comment.", ["it keeps to its tally"]),
    (
        "Hale said the plan would cost $2-billion — twice as much — and would be late.",
        ["the plan would cost $2-billion — twice as much — and would be late"],
    ),
    # a participle behind an article is no verb: "heated"
    ("The road was lost, Orsk claimed in a heated meeting.", ["The road was lost"]),
    # what the speaker has done since is part of what is said
    (
        "Hale said he “knows what the crews fear” and has asked two divers to look at the lock.",
        ["he “knows what the crews fear” and has asked two divers to look at the lock"],
    ),
    # the quote goes on behind a question
    (
        "“It leaks,” Hale said when asked if it was safe to cross, “and it has leaked for years.”",
        ["It leaks,", "if it was safe to cross", "and it has leaked for years."],
    ),
]


@pytest.mark.parametrize(("text", "said"), BEGINNINGS, ids=[text[:50] for text, _ in BEGINNINGS])
def test_where_clauses_begin(text: str, said: list[str]) -> None:
    assert [words for _, words in quotes(text)] == said


@pytest.mark.parametrize(("text", "said"), ENDINGS, ids=[text[:50] for text, _ in ENDINGS])
def test_where_clauses_end(text: str, said: list[str]) -> None:
    assert [words for _, words in quotes(text)] == said
