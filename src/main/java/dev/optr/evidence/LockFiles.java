package dev.optr.evidence;

import dev.optr.base.Glob;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Lock files with the manifests that they are generated from. A lock file may change only together
 * with a manifest in its directory: alone it can pull in anything, unseen.
 */
final class LockFiles {
  // One line per lock file: its name, then the names of its manifests.
  private static final String TABLE =
      """
      package-lock.json package.json
      npm-shrinkwrap.json package.json
      yarn.lock package.json
      pnpm-lock.yaml package.json pnpm-workspace.yaml
      bun.lock package.json
      bun.lockb package.json
      deno.lock deno.json deno.jsonc package.json
      Cargo.lock Cargo.toml
      poetry.lock pyproject.toml
      uv.lock pyproject.toml
      pdm.lock pyproject.toml
      pixi.lock pixi.toml pyproject.toml
      Pipfile.lock Pipfile
      go.sum go.mod
      go.work.sum go.work
      Gemfile.lock Gemfile *.gemspec
      gems.locked gems.rb
      composer.lock composer.json
      mix.lock mix.exs
      rebar.lock rebar.config
      pubspec.lock pubspec.yaml
      Podfile.lock Podfile
      Cartfile.resolved Cartfile
      Package.resolved Package.swift
      packages.lock.json *.csproj *.fsproj *.vbproj Directory.Packages.props
      paket.lock paket.dependencies
      gradle.lockfile build.gradle build.gradle.kts
      MODULE.bazel.lock MODULE.bazel
      flake.lock flake.nix
      stack.yaml.lock stack.yaml
      Chart.lock Chart.yaml
      conan.lock conanfile.py conanfile.txt
      shard.lock shard.yml
      .terraform.lock.hcl *.tf
      """;

  private static final Map<String, List<String>> MANIFESTS = read();

  private LockFiles() {}

  /** Names of all lock files, as their tools write them. */
  static Set<String> names() {
    return MANIFESTS.keySet();
  }

  /**
   * True where a file of the same directory is a manifest of that lock file.
   *
   * @param path folded path of a lock file
   * @param touched folded paths of everything that changed
   */
  static boolean manifestTouched(String name, String path, Set<String> touched) {
    String directory = path.substring(0, path.lastIndexOf('/') + 1);
    List<Glob> manifests =
        MANIFESTS.getOrDefault(name, List.of()).stream()
            .map(manifest -> Glob.of(manifest.toLowerCase(Locale.ROOT)))
            .toList();
    return touched.stream()
        .filter(other -> other.startsWith(directory))
        .map(other -> other.substring(directory.length()))
        .anyMatch(other -> manifests.stream().anyMatch(manifest -> manifest.matches(other)));
  }

  private static Map<String, List<String>> read() {
    Map<String, List<String>> manifests = new TreeMap<>();
    TABLE
        .lines()
        .map(line -> Arrays.asList(line.split(" ")))
        .forEach(names -> manifests.put(names.getFirst(), names.subList(1, names.size())));
    return manifests;
  }
}
