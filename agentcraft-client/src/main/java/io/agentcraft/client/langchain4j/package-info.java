/**
 * Publishes what LangChain4j's agents, AI services and models do.
 *
 * <p>The one thing to know: this package requires LangChain4j 1.19, which you have to add to your dependencies: {@code
 * dev.langchain4j:langchain4j-agentic} for agents and workflows, {@code dev.langchain4j:langchain4j} for AI services and models. The
 * rest of the SDK does not need it.
 */
@NullMarked
package io.agentcraft.client.langchain4j;

import org.jspecify.annotations.NullMarked;
