"""The district's own templates of certificates: drafts, versions, pictures, previews."""
