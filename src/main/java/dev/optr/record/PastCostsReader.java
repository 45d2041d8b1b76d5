package dev.optr.record;

import dev.optr.base.Bytes;
import dev.optr.base.JsonException;
import dev.optr.datalake.DataLakePaths;
import dev.optr.evidence.Check;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what runs took out of their documents, without asking whether these agree with anything: a
 * changed one makes an estimate wrong and does nothing else. Of invariants and agents only those
 * that are named count, of an amount what could be one.
 */
public final class PastCostsReader {
  private static final BigDecimal MOST_USD = BigDecimal.valueOf(1_000_000);

  private final Set<String> invariants;
  private final List<String> agents;
  private final Source source;
  private final List<String> unreadable = new ArrayList<>();
  private final Map<String, List<BigDecimal>> head = new HashMap<>();
  private final Map<String, List<BigDecimal>> paths = new HashMap<>();
  private final List<BigDecimal> setUps = new ArrayList<>();
  private final Map<String, LaneCosts> lanes = new HashMap<>();
  private final List<BigDecimal> judges = new ArrayList<>();

  /** Where documents are. */
  @FunctionalInterface
  public interface Source {
    /**
     * A document by its path; empty where there is none.
     *
     * @throws JsonException where there is something that is no document
     */
    Optional<Bytes> read(String path) throws JsonException;
  }

  private PastCostsReader(Set<String> invariants, List<String> agents, Source source) {
    this.invariants = Set.copyOf(invariants);
    this.agents = List.copyOf(agents);
    this.source = source;
  }

  /**
   * Reads runs.
   *
   * @param invariants ids
   * @param agents names
   */
  public static PastCosts read(
      List<DataLakePaths> runs, Set<String> invariants, List<String> agents, Source source) {
    PastCostsReader reader = new PastCostsReader(invariants, agents, source);
    int found = 0;
    for (DataLakePaths run : runs) {
      found += reader.run(run) ? 1 : 0;
    }
    return reader.costs(found);
  }

  private PastCosts costs(int runs) {
    Map<String, PastCosts.Lane> byAgent = new HashMap<>();
    lanes.forEach((agent, costs) -> byAgent.put(agent, costs.seen()));
    return new PastCosts(
        runs, unreadable, seen(head), seen(paths), new Seen(setUps), byAgent, new Seen(judges));
  }

  private static Map<String, Seen> seen(Map<String, List<BigDecimal>> values) {
    Map<String, Seen> seen = new HashMap<>();
    values.forEach((id, list) -> seen.put(id, new Seen(list)));
    return seen;
  }

  /** Whether anything of it could be read. */
  private boolean run(DataLakePaths run) {
    JudgingCosts judging = new JudgingCosts();
    List<Check> ofAll = new ArrayList<>();
    boolean found = part(run.selection(), document -> decision(document, judging, ofAll));
    for (String agent : agents) {
      found |= part(run.agentOutput(agent), document -> lane(agent, document, judging, ofAll));
    }
    judging.usd().ifPresent(judges::add);
    setUps.addAll(SetUpTimes.of(ofAll));
    return found;
  }

  private void decision(Fields document, JudgingCosts judging, List<Check> ofAll)
      throws JsonException {
    List<Check> checks = EvidenceReader.checks(document.object("head"));
    judging.add(checks);
    ofAll.addAll(checks);
    CommandTimes.of(checks, invariants)
        .forEach((id, millis) -> head.computeIfAbsent(id, _ -> new ArrayList<>()).addAll(millis));
  }

  private void lane(String agent, Fields document, JudgingCosts judging, List<Check> ofAll)
      throws JsonException {
    List<Check> checks = EvidenceReader.checks(document);
    String outcome = document.text("outcome");
    long millis = document.millis("durationMs");
    Optional<BigDecimal> usd = Optional.ofNullable(document.object("usage").amountOrNull("usd"));
    if (usd.isPresent()) {
      bounded(usd.get());
    }
    judging.add(checks);
    ofAll.addAll(checks);
    CommandTimes.of(checks, invariants)
        .forEach((id, times) -> paths.computeIfAbsent(id, _ -> new ArrayList<>()).addAll(times));
    if (!outcome.equals("not_asked")) {
      lanes
          .computeIfAbsent(agent, _ -> new LaneCosts())
          .add(outcome.equals("proposed"), millis, usd);
    }
  }

  private static void bounded(BigDecimal usd) throws JsonException {
    if (usd.compareTo(MOST_USD) > 0) {
      throw new JsonException(
          "usage.usd: expected what a lane can take, found more than a million");
    }
  }

  /** What is taken of one document. */
  @FunctionalInterface
  private interface Part {
    void take(Fields document) throws JsonException;
  }

  private boolean part(String path, Part part) {
    try {
      Optional<Bytes> document = source.read(path);
      if (document.isPresent()) {
        part.take(Fields.parse(document.get()));
      }
      return document.isPresent();
    } catch (JsonException e) {
      unreadable.add(path + ": " + Found.oneLine(String.valueOf(e.getMessage())));
      return false;
    }
  }

  /** Of one agent, while runs are read. */
  private static final class LaneCosts {
    private int proposed;
    private final List<BigDecimal> millis = new ArrayList<>();
    private final List<BigDecimal> usd = new ArrayList<>();

    void add(boolean aPath, long took, Optional<BigDecimal> paid) {
      proposed += aPath ? 1 : 0;
      millis.add(BigDecimal.valueOf(took));
      paid.ifPresent(usd::add);
    }

    PastCosts.Lane seen() {
      return new PastCosts.Lane(millis.size(), proposed, new Seen(millis), new Seen(usd));
    }
  }
}
