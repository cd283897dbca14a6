"""What documents of running text share: looks, lines and pages, chapters, and their writer.

Applications, score reports, committee reports and minutes are set with it, in the face of the
certificates.
"""
