/** The sample members that `disclosure-desk try` makes, one for each role, and two managers
 *  because an emergency needs a second one. */
export const people = {
  staff: { email: 'anna@desk.example', password: 'sample-anna-files-cases' },
  manager: { email: 'boris@desk.example', password: 'sample-boris-decides-cases' },
  secondManager: { email: 'carla@desk.example', password: 'sample-carla-reviews-cases' },
  auditor: { email: 'david@desk.example', password: 'sample-david-reads-records' },
  administrator: { email: 'elena@desk.example', password: 'sample-elena-keeps-accounts' },
};
