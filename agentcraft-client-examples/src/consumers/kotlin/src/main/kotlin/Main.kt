package consumer

import io.agentcraft.client.AgentCraftClient
import io.agentcraft.testing.ReferenceServer
import java.io.IOException

/** Publishes tasks without naming the types of their results and exceptions, and ends when all of it has ended. */
object Main {

  private fun find(path: String): String? = path.takeIf { it.endsWith(".kt") }

  @JvmStatic
  fun main(args: Array<String>) {
    ReferenceServer.start().use { server ->
      AgentCraftClient.builder(server.url()).build().use { client ->
        val agent = client.agent("agent-1", "Consumer")
        val title: String? = args.firstOrNull()

        val count: Int = agent.call("Count") { task ->
          task.progress(10.0, "Opening")
          42
        }
        val path = agent.call("Path of $count") { it.sessionId() }
        val found: String? = agent.call("Find $path") { find(path) }
        val named = agent.call("Name", { task -> task.sessionId().length })
        agent.run("Index") { it.step("Reading") }
        agent.run(title) { task -> task.step("Reading") }
        val failure = runCatching { agent.run("Fail") { throw IOException("disk full") } }.exceptionOrNull()

        check(count == 42 && path.startsWith("session_") && found == null && named == path.length)
        check(failure is IOException) { "The exception is $failure" }
        println("ok: Kotlin ${KotlinVersion.CURRENT}, Java ${Runtime.version().feature()}")
      }
    }
  }
}
