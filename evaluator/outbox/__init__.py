"""The outbox: letters to people, read and edited before they are sent."""
