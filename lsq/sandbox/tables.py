"""What the demo account's leads are made of: an Indian education business, all of it made up.

Shares are per cent, or any weights of one table. A few tables hold what real accounts hold: sources
that differ in case only, blanks, and a stage (`Invalid/ Junk`) that no list of options knows.
"""

from __future__ import annotations

from typing import NamedTuple

from lsq.sandbox.dice import Weighted
from lsq.sandbox.ids import lead_id

__all__ = [
    "ACTIVITIES",
    "CAMPAIGNS",
    "CITIES",
    "COMPANIES",
    "COURSES",
    "FIRST_NAMES",
    "JOBS",
    "LAST_NAMES",
    "LOST_STAGES",
    "MEDIUMS",
    "NOTES",
    "OPEN_STAGES",
    "OWNERS",
    "SOURCES",
    "STAGES",
    "STREETS",
    "City",
    "Owner",
    "Stage",
]


class Stage(NamedTuple):
    """A stage and the score that its leads have on average."""

    name: str
    score: int


class Owner(NamedTuple):
    """A user of the account who owns leads."""

    name: str
    id: str
    email: str


class City(NamedTuple):
    """A city, its state and the first three digits of its postal codes."""

    name: str
    state: str
    zip_start: str


def _owner(name: str, number: int) -> Owner:
    """Return an owner whose id is drawn from far above any lead's number."""
    email = f"{name.lower().replace(' ', '.')}@example.com"
    return Owner(name=name, id=lead_id(10**30 + number), email=email)


def _even(names: str) -> list[tuple[str, float]]:
    """Return names whose shares fall slowly from the first to the last."""
    return [(name, 100 / (10 + place)) for place, name in enumerate(names.split())]


STAGES = Weighted(
    [
        (Stage("Prospect", 8), 24.5),
        (Stage("Contacted", 24), 20.2),
        (Stage("Interested", 43), 14.0),
        (Stage("Qualified", 62), 9.4),
        (Stage("Application", 79), 6.3),
        (Stage("Enrolled", 96), 4.4),
        (Stage("Not interested", 6), 14.2),
        (Stage("Invalid", -14), 6.0),
        (Stage("Invalid/ Junk", -18), 1.0),
    ]
)
OPEN_STAGES = ("Prospect", "Contacted", "Interested", "Qualified", "Application", "Enrolled")
"""The way to a place, in order."""
LOST_STAGES = ("Not interested", "Invalid", "Invalid/ Junk")

OWNERS = Weighted(
    [
        (_owner("Anita Rao", 1), 24),
        (_owner("Dev Malhotra", 2), 21),
        (_owner("Sana Qureshi", 3), 19),
        (_owner("Tom Fernandes", 4), 15),
        (_owner("Vikram Shetty", 5), 13),
        (_owner("Leela Pillai", 6), 8),
    ]
)
SOURCES: Weighted[str | None] = Weighted(
    [
        ("google_lp", 22),
        ("Google_lp", 4),
        ("Facebook", 16),
        ("facebook", 2),
        ("Website", 13),
        ("Shiksha", 9),
        ("CollegeDunia", 7),
        ("Referral", 7),
        ("Walk-in", 4),
        ("Education fair", 3.5),
        ("WhatsApp", 3),
        ("Instagram", 2.5),
        ("Inbound call", 2),
        ("", 2),
        (None, 3),
    ]
)
MEDIUMS: Weighted[str | None] = Weighted(
    [("cpc", 34), ("paid_social", 18), ("organic", 14), ("referral", 8), ("email", 6), (None, 20)]
)
CAMPAIGNS: Weighted[str | None] = Weighted(
    [
        ("MBA_2026_Search", 22),
        ("BTech_Admissions", 17),
        ("Summer-Open-Day", 12),
        ("Brand|South", 9),
        ("Scholarship Test 2026", 7),
        ("retarget_30d", 5),
        (None, 28),
    ]
)
FIRST_NAMES = Weighted(
    _even(
        "Aarav Priya Rahul Ananya Rohan Sneha Arjun Pooja Vivek Divya Karthik Meera Aditya Kavya "
        "Suresh Lakshmi Imran Fatima Harpreet Simran Nikhil Neha Rajesh Shreya Manish Swati "
        "Joseph Mary Ayaan Zoya Siddharth Ishita Varun Nandini Ganesh Revathi Amit Tanvi Deepak "
        "Ritu Yusuf Aisha Gurpreet Jaspreet Abhishek Anjali Prakash Bhavana Mohan Radhika"
    )
)
LAST_NAMES = Weighted(
    _even(
        "Sharma Kumar Singh Reddy Patel Nair Gupta Khan Iyer Das Rao Verma Joshi Menon Shah "
        "Mehta Naidu Mishra Yadav Fernandes Banerjee Pillai Kulkarni Desai Chatterjee Ansari Gill "
        "Bhat Hegde Agarwal Thomas D'Souza Krishnan Subramaniam Choudhary Jain Kapoor Sethi "
        "Mukherjee Ghosh Pandey Tiwari Saxena Bose Rathore Chauhan Deshmukh Shinde Kaur Sheikh"
    )
)
CITIES: Weighted[City | None] = Weighted(
    [
        (City("Bengaluru", "Karnataka", "560"), 17),
        (City("Mumbai", "Maharashtra", "400"), 13),
        (City("Hyderabad", "Telangana", "500"), 11),
        (City("Delhi", "Delhi", "110"), 11),
        (City("Pune", "Maharashtra", "411"), 9),
        (City("Chennai", "Tamil Nadu", "600"), 8),
        (City("Kolkata", "West Bengal", "700"), 5),
        (City("Ahmedabad", "Gujarat", "380"), 4),
        (City("Jaipur", "Rajasthan", "302"), 3),
        (City("Lucknow", "Uttar Pradesh", "226"), 3),
        (City("Kochi", "Kerala", "682"), 2.5),
        (City("Guwahati", "Assam", "781"), 1.5),
        (City("Srinagar", "Jammu and Kashmir", "190"), 1),
        (City("Bangalore", "Karnataka", "560"), 2),
        (None, 9),
    ]
)
STREETS: Weighted[str | None] = Weighted(
    [
        ("MG Road", 9),
        ("Station Road", 7),
        ("2nd Cross, 4th Main", 5),
        ("Nehru Nagar", 4),
        (None, 75),
    ]
)
COURSES: Weighted[str | None] = Weighted(
    [
        ("MBA", 27),
        ("B.Tech Computer Science", 21),
        ("BBA", 13),
        ("B.Com (Hons)", 9),
        ("MCA", 8),
        ("Data Science, PG Diploma", 7),
        ("B.Des", 4),
        ("Executive MBA", 4),
        (None, 7),
    ]
)
COMPANIES: Weighted[str | None] = Weighted(
    [("Lotus Infotech", 3), ("Banyan & Sons", 2), ("Saffron Retail Pvt. Ltd.", 2), (None, 93)]
)
JOBS: Weighted[str | None] = Weighted(
    [("Student", 38), ("Software Engineer", 7), ("Analyst", 4), ("Teacher", 3), (None, 48)]
)
ACTIVITIES = Weighted(
    [
        ("Outbound Phone Call Activity", 41),
        ("Email Opened", 17),
        ("WhatsApp Message", 14),
        ("Page Visited on Website", 11),
        ("Form Submitted on Website", 9),
        ("Inbound Phone Call Activity", 5),
        ("Campus Visit", 3),
    ]
)
NOTES: Weighted[str | None] = Weighted(
    [
        (None, 82),
        ("Call back after 6 pm", 6),
        ("Asked for fees, hostel and scholarship", 5),
        ("Father decides.\nSpeaks Kannada and Hindi", 4),
        ("Wants “weekend batch” only", 3),
    ]
)
