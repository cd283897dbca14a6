"""appraisals"""
