// The contacts under "Get help", which a school may fill in: write between the quotes, save, and put this file
// back where it was. Where one is empty, learners read that the school has not added it yet.
// name: "Bea Sample"   phone: "01234 567890"   email: "bea@example.sch.uk"   note: "Room 4, in term time"
window.courseContacts = {
  // slots
};
