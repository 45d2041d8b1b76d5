package shop;

import java.util.HashMap;
import java.util.Map;

/** All sessions by cookie. Expired ones are dropped when they are looked up. */
final class Sessions {
  private final Map<String, Session> byCookie = new HashMap<>();

  void put(String cookie, Session session) {
    byCookie.put(cookie, session);
  }

  /** The live session of a cookie, or null where there is none. */
  Session find(String cookie, long now) {
    Session session = byCookie.get(cookie);
    if (session != null && session.isExpired(now)) {
      byCookie.remove(cookie);
      return null;
    }
    return session;
  }
}
