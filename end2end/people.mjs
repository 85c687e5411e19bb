/** The sample members that `disclosure-desk try` makes: two of each who work or decide cases,
 *  because an emergency needs a second one of both. */
export const people = {
  staff: 'anna@desk.example',
  secondStaff: 'ben@desk.example',
  manager: 'carla@desk.example',
  secondManager: 'dev@desk.example',
  auditor: 'eve@desk.example',
  administrator: 'finn@desk.example',
};

/** The one password they all have here, instead of random ones. */
export const password = 'gravel violin tuesday onion';
