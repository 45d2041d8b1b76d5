package dev.optr.agents;

import dev.optr.isolation.Confined;
import dev.optr.isolation.Confinement;
import dev.optr.isolation.HostPort;
import dev.optr.isolation.Isolation;
import dev.optr.isolation.Limits;
import dev.optr.process.Launcher;
import dev.optr.process.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Starts programs confined to their own directory and scratch.
 *
 * @param readable shared directories that they may read
 * @param network hosts that they may reach
 */
public record ConfinedLauncher(
    Isolation isolation, List<Path> readable, List<HostPort> network, Limits limits)
    implements Launcher {

  public ConfinedLauncher {
    readable = List.copyOf(readable);
    network = List.copyOf(network);
  }

  @Override
  public Running start(Program program, ProcessBuilder builder) throws IOException {
    Confinement confinement =
        new Confinement(
            List.of(program.directory(), program.scratch().directory()),
            program.scratch().home(),
            program.scratch().temporary(),
            readable,
            network,
            limits);
    return new Started(isolation.start(builder, confinement));
  }

  private record Started(Confined confined) implements Running {
    @Override
    public Process process() {
      return confined.process();
    }

    @Override
    public Optional<String> exceeded() {
      return confined.exceeded();
    }

    @Override
    public void endAll() {
      confined.endAll();
    }

    @Override
    public boolean owns(long pid) {
      return confined.owns(pid);
    }

    @Override
    public void close() {
      confined.close();
    }
  }
}
