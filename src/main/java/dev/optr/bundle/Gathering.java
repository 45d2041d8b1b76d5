package dev.optr.bundle;

import dev.optr.base.UserException;
import dev.optr.evidence.Examined;
import dev.optr.evidence.HeadExamined;
import dev.optr.evidence.Row;
import dev.optr.record.Proposals;
import dev.optr.workflow.AgentSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/** Makes one bundle of several that have each its own lanes about one frozen input. */
public final class Gathering {
  private Gathering() {}

  /**
   * @param bundles at least one; all of them read into one object store
   * @param rows what is to be verified of all lanes
   * @throws UserException where they are not of one input, or have a lane twice
   */
  public static Bundle merge(List<Bundle> bundles, Function<List<Examined>, List<Row>> rows) {
    if (bundles.isEmpty()) {
      throw new UserException("gather: name at least one bundle");
    }
    Bundle first = bundles.getFirst();
    List<String> problems = new ArrayList<>();
    for (int i = 1; i < bundles.size(); i++) {
      problems.addAll(differences(first, bundles.get(i), i + 1));
    }
    problems.addAll(doubled(bundles));
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
    List<Examined> lanes = lanes(bundles);
    return Bundle.of(
        origin(bundles),
        new Proposals(first.workflow(), first.intent(), head(bundles), lanes, digests(bundles)),
        bundles.stream().anyMatch(bundle -> bundle.header().asked()),
        first.header().images(),
        rows.apply(lanes));
  }

  private static List<String> differences(Bundle first, Bundle other, int number) {
    BundleHeader one = first.header();
    BundleHeader two = other.header();
    Map<String, Boolean> same = new LinkedHashMap<>();
    same.put("tool", one.tool().equals(two.tool()));
    same.put("repository", one.repository().isSameAs(two.repository()));
    same.put("pull request", Objects.equals(one.pullRequest(), two.pullRequest()));
    same.put("run", one.runId() == two.runId());
    same.put("frozen commit", one.frozen().equals(two.frozen()));
    same.put("policy", one.policy().equals(two.policy()));
    same.put("intent", one.input().equals(two.input()));
    same.put("workflow file", first.workflow().source().equals(other.workflow().source()));
    same.put("list of images", one.images().equals(two.images()));
    return same.entrySet().stream()
        .filter(member -> !member.getValue())
        .map(
            member ->
                "gather: bundle " + number + " is of another " + member.getKey() + " than bundle 1")
        .toList();
  }

  private static List<String> doubled(List<Bundle> bundles) {
    Map<String, Integer> from = new HashMap<>();
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < bundles.size(); i++) {
      for (String lane : bundles.get(i).header().lanes()) {
        Integer earlier = from.putIfAbsent(lane, i + 1);
        if (earlier != null) {
          problems.add(
              "gather: the lane '"
                  + lane
                  + "' is in bundle "
                  + earlier
                  + " and in bundle "
                  + (i + 1));
        }
      }
    }
    return problems;
  }

  /** In the order of the workflow file. */
  private static List<Examined> lanes(List<Bundle> bundles) {
    return bundles.getFirst().workflow().agents().stream()
        .map(AgentSpec::name)
        .flatMap(name -> all(bundles).filter(lane -> lane.candidate().agent().equals(name)))
        .toList();
  }

  private static Stream<Examined> all(List<Bundle> bundles) {
    return bundles.stream().flatMap(bundle -> bundle.lanes().stream());
  }

  /** The one that denies most, since each bundle's judges may say something else. */
  private static HeadExamined head(List<Bundle> bundles) {
    return bundles.stream()
        .map(Bundle::head)
        .filter(head -> !head.admissible())
        .findFirst()
        .orElse(bundles.getFirst().head());
  }

  private static BundleHeader.Origin origin(List<Bundle> bundles) {
    BundleHeader.Origin first = bundles.getFirst().header().origin();
    int attempt =
        bundles.stream().mapToInt(bundle -> bundle.header().attempt()).max().orElseThrow();
    return new BundleHeader.Origin(
        first.tool(), first.repository(), first.pullRequest(), first.runId(), attempt);
  }

  private static Map<String, String> digests(List<Bundle> bundles) {
    Map<String, String> digests = new HashMap<>();
    bundles.forEach(bundle -> digests.putAll(bundle.proposals().transcriptDigests()));
    return digests;
  }
}
