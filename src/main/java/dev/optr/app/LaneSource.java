package dev.optr.app;

import dev.optr.agents.Lanes;
import dev.optr.agents.Question;
import dev.optr.datalake.Candidate;
import dev.optr.datalake.DataLake;
import java.util.List;

/** Where the lanes of a run come from. */
sealed interface LaneSource {
  /** They are asked now. */
  record Asked(Lanes lanes, Question question, DataLake dataLake) implements LaneSource {}

  /**
   * They were asked in a phase before this one.
   *
   * @param candidates every lane, in the order of the workflow file
   */
  record Bundled(List<Candidate> candidates) implements LaneSource {
    public Bundled {
      candidates = List.copyOf(candidates);
    }
  }
}
