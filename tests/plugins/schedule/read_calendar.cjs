// Reads a calendar from stdin with ical.js, and writes its events as JSON: when they are, in milliseconds since 1970.
const ICAL = require(process.argv[2]);

const text = require("fs").readFileSync(0, "utf8");
const calendar = new ICAL.Component(ICAL.parse(text));
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(new ICAL.Timezone(zone));
}
const events = calendar.getAllSubcomponents("vevent").map((part) => {
  const event = new ICAL.Event(part);
  const value = (name) => part.getFirstPropertyValue(name)?.toString() ?? "";
  return {
    uid: event.uid,
    summary: event.summary,
    place: event.location ?? "",
    description: event.description ?? "",
    sequence: event.sequence,
    status: value("status"),
    changed: part.getFirstPropertyValue("last-modified").toJSDate().getTime(),
    starts: event.startDate.toJSDate().getTime(),
    ends: event.endDate.toJSDate().getTime(),
  };
});
process.stdout.write(JSON.stringify(events));
