package dev.optr.evidence;

import dev.optr.git.TreeDiff;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How much of a change asks for a careful look: the sum of the weights of the features that it has,
 * at most 100 (docs/evidence.md). A pure function of the diff; what an agent says plays no part.
 *
 * @param features in the order of {@link RiskFeature}
 */
public record Risk(int score, List<Feature> features) {
  /** The highest score. */
  public static final int HIGHEST = 100;

  // Enough to find it; a diff of thousands of files must not make a document of its own.
  private static final int MOST_FILES = 20;

  public Risk {
    features = List.copyOf(features);
  }

  /**
   * A feature that was found.
   *
   * @param files that show it, in byte order, at most 20; empty where the change as a whole does
   * @param fileCount how many files show it
   */
  public record Feature(String id, int weight, List<String> files, int fileCount) {
    public Feature {
      files = List.copyOf(files);
    }

    private static Feature of(RiskFeature feature, Set<String> files) {
      return new Feature(
          feature.id(), feature.weight(), files.stream().limit(MOST_FILES).toList(), files.size());
    }
  }

  /** The risk of a change. */
  public static Risk of(TreeDiff diff) {
    List<Feature> features = new ArrayList<>();
    RiskFeatures.of(diff).forEach((feature, files) -> features.add(Feature.of(feature, files)));
    int sum = features.stream().mapToInt(Feature::weight).sum();
    return new Risk(Math.min(sum, HIGHEST), features);
  }

  /** Weight of every feature by its id, as it is recorded with a selection. */
  public static Map<String, Integer> weights() {
    Map<String, Integer> weights = new LinkedHashMap<>();
    for (RiskFeature feature : RiskFeature.values()) {
      weights.put(feature.id(), feature.weight());
    }
    return weights;
  }
}
