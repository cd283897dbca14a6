"""site_checks"""
