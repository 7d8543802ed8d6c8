package io.podcapture.examples;

import picocli.CommandLine.Option;

/** The option of a filter that looks into tunnels. */
final class InnerPackets {
    @Option(
            names = "--inner",
            description = "The filter also looks at what packets carry in VLAN, VXLAN, Geneve, GRE and IP in IP.")
    private boolean wanted;

    boolean wanted() {
        return wanted;
    }
}
