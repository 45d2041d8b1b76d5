package dev.optr.report;

import dev.optr.agents.Answer;
import dev.optr.agents.Exchange;
import dev.optr.evidence.Check;
import dev.optr.selection.Ranked;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * When each lane was asked and how long its checks took, as a Mermaid chart. It has agents' names
 * (letters, digits, dashes and underscores), words of ours and times: nothing that anybody wrote.
 * Checks are drawn behind the answer; when they really began is not recorded.
 */
final class Gantt {
  private static final int MOST_LANES = 16;
  private static final int MOST_TICKS = 6;
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final List<Integer> STEPS = List.of(1, 2, 5, 10, 15, 30);

  private Gantt() {}

  /** Milliseconds from the moment at which the first lane was asked. */
  private record Lane(
      String agent, Answer answer, boolean selected, long asked, long answered, long checked) {}

  /** Empty where no lane took any time. */
  static String of(RunReport report) {
    List<Ranked> asked = report.selection().candidates().stream().filter(Gantt::wasAsked).toList();
    Optional<Instant> first =
        asked.stream().map(lane -> exchange(lane).startedAt()).min(Comparator.naturalOrder());
    return first
        .map(start -> asked.stream().map(lane -> lane(report, lane, start)).toList())
        .filter(lanes -> end(lanes) < LONGEST.toMillis())
        .map(Gantt::chart)
        .orElse("");
  }

  private static boolean wasAsked(Ranked lane) {
    return exchange(lane).durationMs() > 0
        && !(lane.examined().candidate().answer() instanceof Answer.NotAsked);
  }

  private static Exchange exchange(Ranked lane) {
    return lane.examined().candidate().answer().exchange();
  }

  private static Lane lane(RunReport report, Ranked ranked, Instant start) {
    Exchange exchange = exchange(ranked);
    long asked = Duration.between(start, exchange.startedAt()).toMillis();
    long answered = asked + exchange.durationMs();
    long checks = ranked.examined().checks().stream().mapToLong(Check::durationMs).sum();
    String agent = ranked.examined().candidate().agent();
    boolean selected =
        report.best().stream().anyMatch(it -> it.examined().candidate().agent().equals(agent));
    return new Lane(
        agent,
        ranked.examined().candidate().answer(),
        selected,
        asked,
        answered,
        answered + checks);
  }

  private static long end(List<Lane> lanes) {
    return lanes.stream().mapToLong(Lane::checked).max().orElse(0);
  }

  private static String chart(List<Lane> lanes) {
    // The longest lanes are those that a reader looks for.
    List<Lane> shown =
        lanes.stream()
            .sorted(Comparator.comparingLong(Lane::checked).reversed())
            .limit(MOST_LANES)
            .toList();
    return Markdown.fence(
        "mermaid",
        "gantt\n  dateFormat HH:mm:ss.SSS\n"
            + axis(Duration.ofMillis(end(lanes)))
            + lanes.stream()
                .filter(shown::contains)
                .map(Gantt::section)
                .collect(Collectors.joining()));
  }

  private static String axis(Duration span) {
    long seconds = span.toSeconds();
    if (seconds < MOST_TICKS) {
      return "  axisFormat %-S.%L s\n";
    }
    if (seconds < 60) {
      return "  axisFormat %-S s\n  tickInterval " + step(seconds) + "second\n";
    }
    if (seconds < 3600) {
      return seconds < 60 * MOST_TICKS
          ? "  axisFormat %M:%S\n  tickInterval " + step(seconds / 6) * 6 + "second\n"
          : "  axisFormat %-M min\n  tickInterval " + step(seconds / 60) + "minute\n";
    }
    return "  axisFormat %H:%M\n";
  }

  /** The smallest round step that makes few enough ticks. */
  private static int step(long whole) {
    return STEPS.stream().filter(step -> whole / step <= MOST_TICKS).findFirst().orElse(60);
  }

  private static String section(Lane lane) {
    String answer =
        lane.answer() instanceof Answer.Failed(var code, _, _)
            ? "failed " + code
            : lane.answer().outcome();
    String text =
        "  section " + lane.agent() + "\n" + task(answer, tag(lane), lane.asked(), lane.answered());
    return lane.checked() == lane.answered()
        ? text
        : text
            + task(
                "checks", lane.selected() ? "active, " : "done, ", lane.answered(), lane.checked());
  }

  private static String tag(Lane lane) {
    if (lane.answer() instanceof Answer.Failed) {
      return "crit, ";
    }
    return lane.selected() ? "" : "done, ";
  }

  private static String task(String name, String tag, long from, long to) {
    return "  %s %s :%s%s, %s\n".formatted(name, duration(to - from), tag, time(from), time(to));
  }

  private static String duration(long milliseconds) {
    return milliseconds < 1000
        ? milliseconds + " ms"
        : Quantities.duration(Math.ceilDiv(milliseconds, 1000));
  }

  private static String time(long milliseconds) {
    Duration since = Duration.ofMillis(milliseconds);
    return "%02d:%02d:%02d.%03d"
        .formatted(
            since.toHours(), since.toMinutesPart(), since.toSecondsPart(), since.toMillisPart());
  }
}
