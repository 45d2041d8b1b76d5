package shop;

/** Runs without a test library: the shop has no dependencies. */
final class LoginTest {
  private static int failures;

  public static void main(String[] arguments) {
    Sessions sessions = new Sessions();
    sessions.put("c1", new Session("ada", 100));
    Login login = new Login(sessions);
    check("a live cookie is welcomed", "welcome ada", () -> login.page("c1", 50));
    check("an expired cookie goes to the login page", "login", () -> login.page("c1", 100));
    check("an unknown cookie goes to the login page", "login", () -> login.page("c2", 50));
    System.out.println(failures == 0 ? "3 tests passed" : failures + " of 3 tests failed");
    System.exit(failures == 0 ? 0 : 1);
  }

  private static void check(String name, String expected, java.util.function.Supplier<String> actual) {
    try {
      String page = actual.get();
      if (!page.equals(expected)) {
        failed(name + ": expected '" + expected + "' but was '" + page + "'");
      }
    } catch (RuntimeException e) {
      failed(name + ": " + e);
    }
  }

  private static void failed(String message) {
    failures++;
    System.out.println("FAILED " + message);
  }
}
