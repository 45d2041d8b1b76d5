package dev.optr.evidence;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which paths are tests, with their fixtures: by the conventions of the test runners of Java,
 * Kotlin, Scala, Groovy, JavaScript, TypeScript, Python, Go, Rust, C#, F#, Ruby, PHP and Swift
 * (docs/evidence.md). A path alone decides, never its content, which a candidate writes.
 *
 * <p>Tests inside of a source file, as Rust has them, are not seen.
 */
public final class TestFiles {
  // Names of directories, in lower case, below which everything belongs to the tests.
  private static final Set<String> DIRECTORIES =
      Set.of(
          "test",
          "tests",
          "__tests__",
          "__mocks__",
          "__snapshots__",
          "testing",
          "testdata",
          "test-data",
          "test_data",
          "test-fixtures",
          "test_fixtures",
          "testfixtures",
          "test-resources",
          "integrationtest",
          "integration-test",
          "integration_test",
          "integration-tests",
          "integration_tests",
          "functionaltest",
          "functional-tests",
          "androidtest",
          "unit-tests",
          "unittests",
          "e2e",
          "cypress");

  // Ends of the names of directories, in lower case: src/jvmTest, Shop.Tests, ShopUITests.
  private static final List<String> DIRECTORY_ENDS = List.of(".test", ".tests");
  private static final List<String> CAMEL_DIRECTORY_ENDS = List.of("Test", "Tests");

  // One line per ending: the ending, then what the name before it looks like.
  private static final String TABLE =
      """
      java Test* *Test *Tests *TestCase IT* *IT *ITCase *TestBase
      kt Test* *Test *Tests *TestCase IT* *IT *Spec
      kts *Test *Spec
      scala *Test *Tests *Spec *Suite
      groovy *Test *Tests *Spec
      js *.test *.spec *_test *-test
      jsx *.test *.spec *_test *-test
      mjs *.test *.spec *_test *-test
      cjs *.test *.spec *_test *-test
      ts *.test *.spec *.e2e-spec *_test *-test
      tsx *.test *.spec *_test *-test
      mts *.test *.spec
      cts *.test *.spec
      vue *.test *.spec
      snap *
      feature *
      py test_* *_test conftest
      go *_test
      rs *_test test_* tests
      cs *Test *Tests *TestCase *Spec *Specs
      fs *Test *Tests
      rb *_test *_spec test_*
      php *Test *Cest *TestCase
      phpt *
      swift *Test *Tests *Spec
      bats *
      """;

  private static final Map<String, List<String>> NAMES = read();

  private TestFiles() {}

  /**
   * @param path from the repository's root, with slashes
   */
  public static boolean isTest(String path) {
    String[] parts = path.split("/", -1);
    for (int i = 0; i < parts.length - 1; i++) {
      if (isTestDirectory(parts[i])) {
        return true;
      }
    }
    return isTestName(parts[parts.length - 1], path);
  }

  private static boolean isTestDirectory(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return DIRECTORIES.contains(lower)
        || DIRECTORY_ENDS.stream().anyMatch(lower::endsWith)
        || CAMEL_DIRECTORY_ENDS.stream().anyMatch(name::endsWith);
  }

  private static boolean isTestName(String name, String path) {
    int dot = name.lastIndexOf('.');
    String ending = name.substring(dot + 1);
    String stem = name.substring(0, Math.max(dot, 0));
    return NAMES.getOrDefault(ending, List.of()).stream().anyMatch(form -> matches(form, stem))
        || (ending.equals("rb") && ("/" + path).contains("/spec/"));
  }

  /** A form has one star, at its begin or its end, or none. */
  private static boolean matches(String form, String stem) {
    if (form.startsWith("*")) {
      return stem.endsWith(form.substring(1));
    }
    return form.endsWith("*")
        ? startsWithWord(stem, form.substring(0, form.length() - 1))
        : stem.equals(form);
  }

  /** 'TestLogin' begins with the word 'Test', 'Testament' and 'ITEM' begin with others. */
  private static boolean startsWithWord(String stem, String word) {
    if (!stem.startsWith(word) || word.endsWith("_")) {
      return stem.startsWith(word);
    }
    String rest = stem.substring(word.length());
    return !rest.isEmpty()
        && Character.isUpperCase(rest.charAt(0))
        && (rest.length() == 1 || !Character.isUpperCase(rest.charAt(1)) || word.length() > 2);
  }

  private static Map<String, List<String>> read() {
    Map<String, List<String>> names = new TreeMap<>();
    TABLE
        .lines()
        .map(line -> List.of(line.split(" ")))
        .forEach(line -> names.put(line.getFirst(), line.subList(1, line.size())));
    return names;
  }
}
