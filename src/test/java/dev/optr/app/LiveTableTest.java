package dev.optr.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.agents.LaneEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LiveTableTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final LiveTable table = new LiveTable(new PrintStream(written, true, UTF_8));

  @Test
  void keepsOneRowPerLaneAndWhatIsSaidAboveThem() {
    table.heard("codex", new LaneEvent.Asked());
    table.heard("mscopilot", new LaneEvent.Asked());
    table.say("a notice");
    table.heard("codex", new LaneEvent.Turn(3, 12_345, "reading src/A.java"));

    assertThat(screen())
        .containsExactly(
            "a notice",
            "  codex      turn 3, 12 k tokens, reading src/A.java",
            "  mscopilot  asked");
  }

  @Test
  void cutsARowThatWouldWrap() {
    table.heard("codex", new LaneEvent.Turn(3, 10, "reading " + "x".repeat(300)));
    table.heard("codex", new LaneEvent.Examined());

    assertThat(screen()).containsExactly("  codex  examined");
    assertThat(written.toString(UTF_8).lines()).allMatch(line -> line.length() < 100);
  }

  /** What a terminal shows that obeys the two control sequences used. */
  private List<String> screen() {
    List<String> screen = new ArrayList<>();
    for (String line : written.toString(UTF_8).lines().toList()) {
      String rest = line;
      while (rest.startsWith("\u001b[")) {
        int end = rest.startsWith("\u001b[0J") ? 4 : rest.indexOf('F') + 1;
        if (end > 4 || rest.charAt(end - 1) == 'F') {
          int up = Integer.parseInt(rest.substring(2, end - 1));
          screen.subList(screen.size() - up, screen.size()).clear();
        }
        rest = rest.substring(end);
      }
      screen.add(rest);
    }
    return screen;
  }
}
