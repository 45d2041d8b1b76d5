package dev.optr.isolation;

import java.nio.file.Path;
import java.util.List;

/**
 * What one run of confined code may touch beside the system's own programs and libraries.
 *
 * @param writable directories that are its alone; they are handed to the user id that it runs under
 * @param home one of them, or within one; readable directories of our own home appear here
 * @param temporary one of them, or within one
 * @param readable shared directories that it may read and execute
 * @param network hosts that it may reach; empty = no socket at all
 */
public record Confinement(
    List<Path> writable,
    Path home,
    Path temporary,
    List<Path> readable,
    List<HostPort> network,
    Limits limits) {
  public Confinement {
    writable = List.copyOf(writable);
    readable = List.copyOf(readable);
    network = List.copyOf(network);
  }
}
