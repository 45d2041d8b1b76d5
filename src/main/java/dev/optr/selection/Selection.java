package dev.optr.selection;

import java.util.List;
import java.util.Optional;

/** What was decided about the examined candidates. */
public sealed interface Selection {
  /** Every lane: admissible ones by rank, then the others by name. */
  List<Ranked> candidates();

  record Selected(Ranked best, List<Ranked> candidates) implements Selection {
    public Selected {
      candidates = List.copyOf(candidates);
    }
  }

  record NoneAdmissible(List<Ranked> candidates) implements Selection {
    public NoneAdmissible {
      candidates = List.copyOf(candidates);
    }
  }

  /**
   * @param answered lanes that proposed or declined
   * @param quorum how many had to
   */
  record QuorumMissed(int answered, int quorum, List<Ranked> candidates) implements Selection {
    public QuorumMissed {
      candidates = List.copyOf(candidates);
    }
  }

  /** The selected path, if there is one. */
  default Optional<Ranked> selected() {
    return switch (this) {
      case Selected(Ranked best, _) -> Optional.of(best);
      case NoneAdmissible _, QuorumMissed _ -> Optional.empty();
    };
  }

  /** As written in documents and in the ledger. */
  default String outcome() {
    return switch (this) {
      case Selected _ -> "selected";
      case NoneAdmissible _ -> "none_admissible";
      case QuorumMissed _ -> "quorum_missed";
    };
  }
}
