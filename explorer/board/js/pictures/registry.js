// What draws the picture of a card.
/** @import { Card } from "../payloads.js" */
/** @import { Drawing, Room } from "./drawing.js" */
import { diagram } from "./diagram.js"
import { layers } from "./layers.js"
import { orders } from "./orders.js"
import { places } from "./places.js"
import { slots } from "./slots.js"

/**
 * @param {NonNullable<Card["picture"]>} picture
 * @param {Room} room
 * @param {string} id of the card
 * @returns {Drawing}
 */
export function drawn(picture, room, id) {
  switch (picture.drawing) {
    case "diagram":
      return diagram(picture, room, `tip-card-${id}`, true)
    case "orders":
      return orders(picture, room, true)
    case "layers":
      return layers(picture, room, true)
    case "slots":
      return slots(picture, true)
    case "places":
      return places(picture, room, true)
  }
}
