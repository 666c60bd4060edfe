/**
 * Recipes: small programs to copy from. Each is one file that uses nothing but the SDK and the library it is about.
 */
@NullMarked
package io.agentcraft.examples.recipes;

import org.jspecify.annotations.NullMarked;
