package dev.optr.agents;

import dev.optr.agents.ReviewQuestion.Order;
import dev.optr.base.Redactor;
import dev.optr.workflow.AgentSpec;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * The lanes of a run that can judge. Each is asked twice about a change, in both orders, all at the
 * same time, within its own timeout. Safe for use by many lanes at once.
 */
public final class Judges {
  /** Reviews multiply: lanes by paths by orders. More than these wait for their turn. */
  private static final int MOST_AT_ONCE = 16;

  private final List<Bench> able;
  private final Map<String, String> unable;
  private final Asking asking;
  private final LaneListener listener;
  private final Semaphore places = new Semaphore(MOST_AT_ONCE, true);

  private record Bench(AgentSpec spec, Judge judge) {}

  /**
   * @param lanes in configured order
   * @param redactor for messages of judges that throw
   */
  public Judges(List<Lane> lanes, LaneListener listener, InstantSource clock, Redactor redactor) {
    List<Bench> found = new ArrayList<>();
    Map<String, String> reasons = new TreeMap<>();
    for (Lane lane : lanes) {
      switch (lane.agent().judging()) {
        case Judging.Able(Judge judge) -> found.add(new Bench(lane.spec(), judge));
        case Judging.Unable(String reason) -> reasons.put(lane.spec().name(), reason);
      }
    }
    this.able = List.copyOf(found);
    this.unable = Map.copyOf(reasons);
    this.asking = new Asking(clock, redactor);
    this.listener = listener;
  }

  /** Names of the lanes that can judge, in configured order. */
  public List<String> able() {
    return able.stream().map(bench -> bench.spec().name()).toList();
  }

  /** Why the others cannot, by name. */
  public Map<String, String> unable() {
    return unable;
  }

  /** Names of the lanes that may judge what these have made. */
  public List<String> besides(Set<String> authors) {
    return able().stream().filter(name -> !authors.contains(name)).toList();
  }

  /** One judge, asked in both orders. */
  public record Asked(String judge, Judgement constraintsFirst, Judgement changeFirst) {}

  /**
   * Asks every judge but the authors, and waits for all.
   *
   * @return in configured order
   * @throws InterruptedException when the run is cancelled; all judges have been, too
   */
  public List<Asked> ask(ReviewQuestion question, Set<String> authors) throws InterruptedException {
    List<Bench> asked =
        able.stream().filter(bench -> !authors.contains(bench.spec().name())).toList();
    List<Callable<Judgement>> calls = new ArrayList<>();
    for (Bench bench : asked) {
      calls.add(() -> judge(bench, question, Order.CONSTRAINTS_FIRST));
      calls.add(() -> judge(bench, question, Order.CHANGE_FIRST));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Judgement>> judgements = threads.invokeAll(calls);
      List<Asked> answers = new ArrayList<>();
      for (int i = 0; i < asked.size(); i++) {
        answers.add(
            new Asked(
                asked.get(i).spec().name(),
                judgements.get(2 * i).resultNow(),
                judgements.get(2 * i + 1).resultNow()));
      }
      return answers;
    }
  }

  private Judgement judge(Bench bench, ReviewQuestion question, Order order)
      throws InterruptedException {
    places.acquire();
    try {
      return asking.judge(
          bench.spec(),
          bench.judge(),
          question,
          order,
          event -> listener.heard(bench.spec().name(), event));
    } finally {
      places.release();
    }
  }
}
