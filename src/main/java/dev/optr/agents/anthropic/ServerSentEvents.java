package dev.optr.agents.anthropic;

import java.util.ArrayList;
import java.util.List;

/**
 * The events of a stream that was received whole (WHATWG HTML, section 9.2.6); one that was cut
 * before its empty line is none.
 */
final class ServerSentEvents {
  private ServerSentEvents() {}

  /**
   * @param name empty where the event has none
   */
  record Event(String name, String data) {}

  static List<Event> of(String stream) {
    List<Event> events = new ArrayList<>();
    List<String> data = new ArrayList<>();
    String name = "";
    int start = 0;
    for (int end = lineEnd(stream, 0); end < stream.length(); end = lineEnd(stream, start)) {
      String line = stream.substring(start, end);
      start = afterLine(stream, end);
      if (line.isEmpty()) {
        if (!data.isEmpty()) {
          events.add(new Event(name, String.join("\n", data)));
        }
        data.clear();
        name = "";
      } else if (line.startsWith("event:")) {
        name = value(line, "event:");
      } else if (line.startsWith("data:")) {
        data.add(value(line, "data:"));
      }
    }
    return events;
  }

  private static String value(String line, String field) {
    String value = line.substring(field.length());
    return value.startsWith(" ") ? value.substring(1) : value;
  }

  private static int lineEnd(String stream, int from) {
    int end = from;
    while (end < stream.length() && stream.charAt(end) != '\n' && stream.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  private static int afterLine(String stream, int end) {
    return stream.startsWith("\r\n", end) ? end + 2 : end + 1;
  }
}
