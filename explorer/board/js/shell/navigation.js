// The navigation: three groups of pages, each with its menu.
/** @import { PageEntry } from "../payloads.js" */
import { element } from "../dom.js"
import { Menu } from "./menu.js"

/** @typedef {{ go: (page: PageEntry) => void, hrefOf: (page: PageEntry) => string }} Ways */

export class Navigation {
  /**
   * @param {PageEntry[]} pages
   * @param {Ways} ways how one comes to a page; links of their own, so that a new tab works too
   */
  constructor(pages, { go, hrefOf }) {
    this.go = go
    this.hrefOf = hrefOf
    /** @type {{ page: PageEntry, link: HTMLAnchorElement }[]} */
    this.links = []
    const groups = [...new Set(pages.map(page => page.group))]
    this.menus = groups.map(group => ({
      group,
      menu: this.menu(
        group,
        pages.filter(page => page.group === group),
      ),
    }))
    this.node = element(
      "nav",
      { class: "bar-pages", "aria-label": "Pages" },
      ...this.menus.map(({ menu }) => menu.node),
    )
  }

  /**
   * @param {string} group
   * @param {PageEntry[]} pages
   */
  menu(group, pages) {
    const items = pages.map(page => {
      const link = element("a", { href: this.hrefOf(page) }, page.title)
      this.links.push({ page, link })
      link.onclick = click => this.follow(click, page)
      return link
    })
    return new Menu(group, items)
  }

  /**
   * @param {MouseEvent} click
   * @param {PageEntry} page
   */
  follow(click, page) {
    if (click.button || click.ctrlKey || click.metaKey || click.shiftKey || click.altKey) return
    click.preventDefault()
    this.menus.forEach(({ menu }) => menu.close())
    this.go(page)
  }

  /**
   * The page that is shown, and the addresses of all as they are now.
   * @param {PageEntry} current
   */
  show(current) {
    for (const { page, link } of this.links) {
      link.href = this.hrefOf(page)
      if (page.name === current.name) link.setAttribute("aria-current", "page")
      else link.removeAttribute("aria-current")
    }
    for (const { group, menu } of this.menus) menu.node.classList.toggle("bar-current", group === current.group)
  }
}
