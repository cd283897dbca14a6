"""What the description says, so that its page can say it in Chinese as well.

The description itself is in English, as programs and their tools expect; a test sees to it that
everything in it stands here.
"""

from __future__ import annotations

from flask_babel import lazy_gettext

PHRASES = (
    lazy_gettext("Register of organisations"),
    lazy_gettext("List the organisations that the caller may see."),
    lazy_gettext("Number of the last row that was read; 0 for the first rows."),
    lazy_gettext("How many rows at most, up to 100."),
    lazy_gettext("Part of a name, code or pinyin."),
    lazy_gettext("The whole code of one organisation."),
    lazy_gettext("This organisation and all that stand below it."),
    lazy_gettext("Enter an organisation below another."),
    lazy_gettext(
        "A name of this request of your own; under it the act is done once, however often"
        " it is sent within seven days."
    ),
    lazy_gettext("Day of the change; today by default."),
    lazy_gettext("Pinyin; made from the name."),
    lazy_gettext("What rule sets ask for; null takes one away."),
    lazy_gettext("Read an organisation."),
    lazy_gettext("Change details of an organisation; what is left out stays as it is."),
    lazy_gettext("The ETag of what is changed, as it was read."),
    lazy_gettext("Put an organisation, and all below it, to another place of the tree."),
    lazy_gettext(
        "Make one organisation of several, of which this one leads; return the one that goes on."
    ),
    lazy_gettext("Make several organisations of one."),
    lazy_gettext("End an organisation that has none below it."),
    lazy_gettext("Known facts"),
    lazy_gettext("List the facts that can be brought for a year, by category."),
    lazy_gettext(
        "Make facts of several organisations known: all of them, or with any problem none."
    ),
    lazy_gettext("Problems are named by organisation and fact, all of them at once."),
    lazy_gettext("The day on which they were so; not to come."),
    lazy_gettext("For the audit log."),
    lazy_gettext("Read what is known of an organisation in a year."),
    lazy_gettext(
        "Make facts of an organisation known for a year; facts that are left out stay as they are."
    ),
    lazy_gettext("Values by fact; facts that are left out stay as they are."),
    lazy_gettext("Rounds, participants, progress"),
    lazy_gettext("List the rounds with their calendars."),
    lazy_gettext("Read a round with its calendar."),
    lazy_gettext("Count how many participants stand where, by committee and category."),
    lazy_gettext("List the participants of a round that the caller may see."),
    lazy_gettext("Read a participant: an organisation as it stands frozen in a round."),
    lazy_gettext("Applications"),
    lazy_gettext(
        "Read how an application stands: points so far, level, what is missing for the next."
    ),
    lazy_gettext("Read all facts of an application: what the branch says, and what is known."),
    lazy_gettext(
        "Change answers of a draft; with `If-Match: *` each fact names the mark it was read with."
    ),
    lazy_gettext("List what was submitted of an application."),
    lazy_gettext(
        "Submit an application; one that lies with the committee already is left as it is."
    ),
    lazy_gettext("Where the rule set asks for one."),
    lazy_gettext("Evidence"),
    lazy_gettext("List the evidence of an application."),
    lazy_gettext("Upload a file; the body is the file itself. The same file twice is one."),
    lazy_gettext("Read what is known of a file."),
    lazy_gettext("Change the date of a file, or what it proves."),
    lazy_gettext("Remove a file from everything that it proves; what was submitted keeps it."),
    lazy_gettext("Read a file itself."),
    lazy_gettext("Reviews, appraisals, site checks"),
    lazy_gettext(
        "Read what the committee changed of an application and why, as its branch is told."
    ),
    lazy_gettext("Read how far the appraisal of a participant is."),
    lazy_gettext("List the site checks of a round that the caller may see."),
    lazy_gettext("Read the site check of a participant."),
    lazy_gettext("Committee reviews"),
    lazy_gettext("Read how far the review of an application is."),
    lazy_gettext("Read an indicator under review: stated and reviewed facts, evidence."),
    lazy_gettext(
        "Accept an indicator, with values of the committee where they differ, or mark it to mend."
    ),
    lazy_gettext("What the branch has to mend."),
    lazy_gettext(
        "Return an application to its branch with everything that is marked to be mended."
    ),
    lazy_gettext("Finish a review in which every indicator is decided."),
    lazy_gettext("Take a finished review up again."),
    lazy_gettext("Recommendations"),
    lazy_gettext("List which lists of recommendation there may be in a round."),
    lazy_gettext("Read whom a committee recommends in a category, and from whom it may choose."),
    lazy_gettext("Put the list of a committee in order; whoever is left out is not recommended."),
    lazy_gettext("Close an appraisal by codes and count its ballots."),
    lazy_gettext("Enter the tally of an appraisal on paper with its scan, and count it."),
    lazy_gettext("By question; they add up to the ballots that were returned."),
    lazy_gettext("Write what a site check found; it takes the place of what was written before."),
    lazy_gettext("Finish a site check; its facts then count."),
    lazy_gettext("Rule sets"),
    lazy_gettext("List the rule sets."),
    lazy_gettext("Read a rule set with all of its files."),
    lazy_gettext("Read the YAML of a rule set; what it extends stands in its other files."),
    lazy_gettext("Check files of rules as a draft is checked, keeping nothing."),
    lazy_gettext("Audit log"),
    lazy_gettext("List the lines of the audit log that the caller may read, the oldest first."),
    lazy_gettext("Part of the name."),
    lazy_gettext("This organisation and what stood below it at the time."),
    lazy_gettext("The request could not be read, or bears no Idempotency-Key."),
    lazy_gettext("No token, or one that is over or revoked."),
    lazy_gettext("There is no such thing for this token; so also where a scope is missing."),
    lazy_gettext("This cannot be done now; the words say why."),
    lazy_gettext("It was changed since it was read, or If-Match names another ETag."),
    lazy_gettext("What was sent is too large."),
    lazy_gettext("What was sent is not as it should be; `errors` names what, by place."),
    lazy_gettext("The change names no ETag; send If-Match."),
)
