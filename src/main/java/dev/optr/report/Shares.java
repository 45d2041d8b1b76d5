package dev.optr.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Divides room: what wants little gets it, the rest is shared in equal parts. */
final class Shares {
  private Shares() {}

  /**
   * @param wanted by each
   * @return what each gets, at most what it wants and together at most {@code room}
   */
  static List<Integer> of(List<Integer> wanted, int room) {
    List<Integer> shares = new ArrayList<>(Collections.nCopies(wanted.size(), 0));
    List<Integer> modestFirst =
        IntStream.range(0, wanted.size())
            .boxed()
            .sorted(Comparator.comparing(wanted::get))
            .toList();
    int left = Math.max(0, room);
    for (int i = 0; i < wanted.size(); i++) {
      int index = modestFirst.get(i);
      int given = Math.min(wanted.get(index), left / (wanted.size() - i));
      shares.set(index, given);
      left -= given;
    }
    return shares;
  }
}
