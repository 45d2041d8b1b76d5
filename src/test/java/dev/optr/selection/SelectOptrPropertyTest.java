package dev.optr.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.evidence.Examined;
import dev.optr.testing.SamplePolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What must never decide: order, names, and what agents say of themselves. */
final class SelectOptrPropertyTest {
  private final SelectOptr selector = new SelectOptr();

  @Property(tries = 300)
  void theOrderOfLanesChangesNothing(@ForAll("lanes") List<Lane> lanes, @ForAll long seed) {
    List<Lane> shuffled = new ArrayList<>(lanes);
    Collections.shuffle(shuffled, new Random(seed));
    assertThat(decision(shuffled)).isEqualTo(decision(lanes));
    assertThat(select(shuffled)).isEqualTo(select(lanes));
  }

  @Property(tries = 300)
  void renamingAgentsChangesNoTreeAndNoScore(@ForAll("lanes") List<Lane> lanes) {
    List<Lane> renamed =
        IntStream.range(0, lanes.size())
            .mapToObj(i -> lanes.get(i).named("z" + (lanes.size() - i)))
            .toList();
    assertThat(decision(renamed)).isEqualTo(decision(lanes));
  }

  @Property(tries = 300)
  void claimsChangeNothing(
      @ForAll("lanes") List<Lane> lanes, @ForAll Long estimate, @ForAll String summary) {
    List<Lane> claiming = lanes.stream().map(lane -> lane.claiming(estimate, summary)).toList();
    assertThat(decision(claiming)).isEqualTo(decision(lanes));
    assertThat(selectedAgent(claiming)).isEqualTo(selectedAgent(lanes));
  }

  @Property(tries = 300)
  void whatIsNotAdmissibleIsNeverSelected(@ForAll("lanes") List<Lane> lanes) {
    boolean any = lanes.stream().anyMatch(Lane::admissible);
    assertThat(select(lanes) instanceof Selection.Selected).isEqualTo(any);
    if (select(lanes) instanceof Selection.Selected(Ranked best, List<Ranked> _)) {
      assertThat(best.examined().admissible()).isTrue();
    }
  }

  /** Selected tree, then rank and score of every admissible tree. */
  private List<Object> decision(List<Lane> lanes) {
    Selection selection = select(lanes);
    Map<String, String> byTree = new TreeMap<>();
    for (Ranked ranked : selection.candidates()) {
      if (ranked.rank() != null) {
        byTree.put(Objective.tree(ranked.examined()), ranked.rank() + " " + ranked.score());
      }
    }
    return List.of(
        selection.outcome(),
        selection instanceof Selection.Selected(Ranked best, List<Ranked> _)
            ? Objective.tree(best.examined())
            : "none",
        byTree);
  }

  private String selectedAgent(List<Lane> lanes) {
    return select(lanes) instanceof Selection.Selected(Ranked best, List<Ranked> _)
        ? best.examined().candidate().agent()
        : "none";
  }

  private Selection select(List<Lane> lanes) {
    List<Examined> examined = lanes.stream().map(Lane::examined).toList();
    return selector.select(SamplePolicy.defaults().workflow(), examined);
  }

  @Provide
  Arbitrary<List<Lane>> lanes() {
    return lane()
        .list()
        .ofMinSize(1)
        .ofMaxSize(8)
        .map(
            lanes ->
                IntStream.range(0, lanes.size())
                    .mapToObj(i -> sameTreeSameFacts(lanes.get(i)).named("agent" + i))
                    .toList());
  }

  private static Arbitrary<Lane> lane() {
    return Combinators.combine(
            Arbitraries.chars().range('a', 'f'),
            Arbitraries.of("0", "0.10", "0.1", "0.2000001", "1"),
            Arbitraries.of(true, true, true, false))
        .as(
            (tree, usd, admissible) -> {
              Lane lane = Lane.of("x", tree, List.of(), 1).costing(usd, "1.5");
              return admissible ? lane : lane.broken();
            });
  }

  /** Evidence belongs to a tree: whoever reached it, its commands and its diff are the same. */
  private static Lane sameTreeSameFacts(Lane lane) {
    int kind = lane.tree() - 'a';
    Lane facts = Lane.of("x", lane.tree(), List.of(kind % 3 * 20_000L), 1);
    Lane whole = facts.changing(kind % 2 + 1, 1, 20L - kind).costing(lane.usd(), lane.budget());
    return lane.admissible() ? whole : whole.broken();
  }
}
