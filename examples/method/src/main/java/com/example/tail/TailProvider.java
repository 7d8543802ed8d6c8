package com.example.tail;

import io.podcapture.MethodChoice;
import io.podcapture.spi.MethodProvider;
import java.util.Map;

/** Makes the method known by its name: to {@link MethodChoice#named} and to annotations. */
public final class TailProvider implements MethodProvider {
    @Override
    public String name() {
        return "tail";
    }

    @Override
    public MethodChoice create(Map<String, String> settings) {
        if (!settings.isEmpty()) {
            throw new IllegalArgumentException("the method tail has no settings, but was given " + settings.keySet());
        }
        return MethodChoice.inOrder(new TailMethod());
    }
}
