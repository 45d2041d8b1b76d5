package dev.optr.app;

import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is frozen, who is asked about it, and on what machines the paths are verified. */
final class ProposalOptions {
  @Mixin private final InputOptions input = new InputOptions();

  @Option(names = "--agents", paramLabel = "A,B", split = ",", description = "only these agents")
  private List<String> agents = List.of();

  @Option(
      names = "--images",
      paramLabel = "A,B",
      split = ",",
      description = "labels of the machines on which every path is verified; default: one, unnamed")
  private List<String> images = List.of();

  LocalRun.Request request(Host host) {
    return input.request(host).asking(agents);
  }

  List<String> images() {
    return List.copyOf(images);
  }
}
