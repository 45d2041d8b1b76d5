package dev.optr.agents;

import dev.optr.git.FrozenTree;
import dev.optr.intent.Intent;

/**
 * The same frozen input for every lane.
 *
 * @param tree what agents may see of the frozen tree: without {@code datalake}, excluded files and
 *     what is out of scope
 */
public record Question(Intent intent, FrozenTree tree) {}
