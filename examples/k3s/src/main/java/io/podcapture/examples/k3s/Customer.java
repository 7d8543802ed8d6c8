package io.podcapture.examples.k3s;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Somebody who orders and wants to pay, again and again until closed. */
final class Customer implements AutoCloseable {
    private static final int PAUSE_MILLIS = 200;
    private static final int PATIENCE_SECONDS = 60;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final Shop shop;
    private int orders;

    Customer(Shop shop) {
        this.shop = shop;
    }

    /** Begins to order. */
    void begin() {
        thread.scheduleWithFixedDelay(this::buy, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void buy() {
        try {
            shop.order(++orders);
            shop.pay();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            System.err.println("order " + orders + " could not be sent: " + e);
        }
    }

    /** Returns when the last order is over, which needs the cluster. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
