"""The people under everything, and the bodies they act for."""

from lms.people.models.bodies import Institute, Organisation
from lms.people.models.memberships import Employment, Invitation, Membership
from lms.people.models.user import User

__all__ = ["Employment", "Institute", "Invitation", "Membership", "Organisation", "User"]
