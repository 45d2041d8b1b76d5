package dev.optr.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.evidence.CountedTests.Tally;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class CountedTestsTest {
  @Test
  void namesWhatIsLostSkippedOrBroken() {
    CountedTests before = tests("kept", "lost", "skipped", "broken");
    Map<String, Tally> now = new HashMap<>();
    now.put("kept", new Tally(1, 0, 0));
    now.put("skipped", new Tally(0, 0, 1));
    now.put("broken", new Tally(0, 1, 0));
    now.put("new and broken", new Tally(0, 1, 0));
    assertThat(new CountedTests(now).worseThan(before))
        .containsExactly("broken", "lost", "skipped");
  }

  @Test
  void toleratesWhatFailedBeforeAsWell() {
    CountedTests before =
        new CountedTests(Map.of("flaw", new Tally(0, 1, 0), "ok", new Tally(1, 0, 0)));
    assertThat(tests("ok").worseThan(before)).isEmpty();
  }

  @Property
  void isNeverWorseThanItself(@ForAll("tallies") Map<String, Tally> tallies) {
    CountedTests tests = new CountedTests(tallies);
    assertThat(tests.worseThan(tests)).isEmpty();
  }

  @Property
  void isNeverWorseWithMorePasses(
      @ForAll("tallies") Map<String, Tally> before, @ForAll("tallies") Map<String, Tally> more) {
    Map<String, Tally> now = new HashMap<>(before);
    more.forEach(
        (name, tally) ->
            now.merge(name, new Tally(tally.passed(), 0, tally.skipped()), Tally::plus));
    assertThat(new CountedTests(now).worseThan(new CountedTests(before))).isEmpty();
  }

  @Property
  void isWorseWheneverAPassIsTakenAway(@ForAll("tallies") Map<String, Tally> before) {
    CountedTests frozen = new CountedTests(before);
    before.forEach(
        (name, tally) -> {
          Map<String, Tally> now = new HashMap<>(before);
          now.put(name, new Tally(tally.passed() - 1, tally.failed(), tally.skipped() + 1));
          List<String> worse = new CountedTests(now).worseThan(frozen);
          assertThat(worse).isEqualTo(tally.passed() > 0 ? List.of(name) : List.of());
        });
  }

  @Provide
  Arbitrary<Map<String, Tally>> tallies() {
    Arbitrary<Integer> times = Arbitraries.integers().between(0, 3);
    return Arbitraries.maps(
            Arbitraries.of("a", "b", "c", "d", "e"),
            Combinators.combine(times, times, times).as(Tally::new))
        .ofMaxSize(5);
  }

  private static CountedTests tests(String... names) {
    Map<String, Tally> tallies = new HashMap<>();
    for (String name : names) {
      tallies.put(name, new Tally(1, 0, 0));
    }
    return new CountedTests(tallies);
  }
}
