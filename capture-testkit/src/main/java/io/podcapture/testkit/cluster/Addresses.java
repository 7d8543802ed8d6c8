package io.podcapture.testkit.cluster;

/** The addresses of the pods, each of them given once. Guarded by itself. */
final class Addresses {
    private static final int IN_NETWORK = 250;

    private int given;

    synchronized String next() {
        given++;
        return "10.244." + given / IN_NETWORK + "." + (given % IN_NETWORK + 1);
    }
}
