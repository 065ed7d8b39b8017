// One OpenSearch node in its own JVM, on loopback, for tests. Run in Java's single-file source mode:
//   java -cp 'lib/*' TestNode.java NUMBER NODES FOLDER HTTP_BASE TRANSPORT_BASE [WRITE_QUEUE]
// Node K listens on HTTP_BASE+K and TRANSPORT_BASE+K; node 1 bootstraps the cluster.
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.codelibs.opensearch.runner.OpenSearchRunner;

public class TestNode {
    public static void main(String[] arguments) {
        try {
            int number = Integer.parseInt(arguments[0]);
            int nodes = Integer.parseInt(arguments[1]);
            Path folder = Path.of(arguments[2]).toAbsolutePath().resolve("node" + number);
            int http = Integer.parseInt(arguments[3]);
            int transport = Integer.parseInt(arguments[4]);
            Files.createDirectories(folder);
            List<String> seeds = new ArrayList<>();
            for (int k = 1; k <= nodes; k++) {
                seeds.add("127.0.0.1:" + (transport + k));
            }
            OpenSearchRunner runner = new OpenSearchRunner();
            runner.setMaxHttpPort(http + 99);
            runner.onBuild((ignored, settings) -> {
                settings.put("network.host", "127.0.0.1");
                settings.put("node.name", "node" + number);
                settings.put("http.port", String.valueOf(http + number));
                settings.put("transport.port", String.valueOf(transport + number));
                settings.put("cluster.routing.allocation.disk.threshold_enabled", "false");
                settings.put("action.auto_create_index", "false");
                if (arguments.length > 5) {
                    settings.put("thread_pool.write.queue_size", arguments[5]);
                }
                if (nodes == 1) {
                    settings.put("discovery.type", "single-node");
                } else {
                    settings.put("discovery.type", "zen");
                    settings.putList("discovery.seed_hosts", seeds.toArray(new String[0]));
                    settings.putList("cluster.initial_cluster_manager_nodes", "node1");
                }
            }).build(OpenSearchRunner.newConfigs()
                .basePath(folder.toString()).clusterName("onrecord-test").baseHttpPort(http).numOfNode(1));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    runner.close();
                } catch (Exception error) {
                    error.printStackTrace();
                }
            }));
            Thread.currentThread().join();
        } catch (Throwable error) { // the runner's own main would end without a word
            error.printStackTrace();
            System.exit(1);
        }
    }
}
