// The contacts that learners see under "Get help". A school may fill them in after the course was built:
// write between the quotes, save, and put this file back where it was. Of an empty one learners read that
// the school has not added it yet.
// name: "Bea Sample"   phone: "01234 567890"   email: "bea@example.sch.uk"   note: "Room 4, in term time"
window.courseContacts = {
  // slots
};
