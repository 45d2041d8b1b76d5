package dev.optr.evidence;

import dev.optr.evidence.CountedTests.Tally;
import java.util.Map;
import java.util.TreeMap;

/** Counts tests as they are read, in bounded memory. */
final class TestCount {
  private static final int MOST_NAMES = 200_000;
  private static final int LONGEST_NAME = 500;
  private static final int MOST_CHARACTERS = 32 << 20;

  private final Map<String, Tally> byName = new TreeMap<>();
  private int characters;
  private boolean tooMany;

  void passed(String name) {
    add(name, new Tally(1, 0, 0));
  }

  void failed(String name) {
    add(name, new Tally(0, 1, 0));
  }

  void skipped(String name) {
    add(name, new Tally(0, 0, 1));
  }

  private void add(String name, Tally tally) {
    String key = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    if (byName.containsKey(key)) {
      byName.merge(key, tally, Tally::plus);
    } else if (byName.size() < MOST_NAMES && characters < MOST_CHARACTERS) {
      byName.put(key, tally);
      characters += key.length();
    } else {
      tooMany = true;
    }
  }

  TestReading reading() {
    return tooMany
        ? new TestReading.Unreadable("there are too many names of tests")
        : new TestReading.Counted(new CountedTests(byName));
  }
}
