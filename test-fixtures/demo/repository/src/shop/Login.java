package shop;

/** Decides which page a visitor gets. */
final class Login {
  private final Sessions sessions;

  Login(Sessions sessions) {
    this.sessions = sessions;
  }

  /** The page for a cookie at a time, in seconds. */
  String page(String cookie, long now) {
    Session session = sessions.find(cookie, now);
    return "welcome " + session.user();
  }
}
