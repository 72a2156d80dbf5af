package coworking.analytics.ops.eks;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;

/** What the manifests use of the External Secrets Operator's objects. */
final class SecretsManager {

    private SecretsManager() {}

    record SecretStore(String apiVersion, String kind, ObjectMeta metadata, StoreSpec spec) {}

    record StoreSpec(Provider provider) {}

    record Provider(Aws aws) {}

    record Aws(String service, String region, Auth auth) {}

    record Auth(Jwt jwt) {}

    record Jwt(Reference serviceAccountRef) {}

    record Reference(String name) {}

    record ExternalSecret(String apiVersion, String kind, ObjectMeta metadata, SecretSpec spec) {}

    record SecretSpec(String refreshInterval, StoreReference secretStoreRef, SecretTarget target, List<SecretEntry> data) {}

    record StoreReference(String kind, String name) {}

    record SecretTarget(String name, String creationPolicy) {}

    record SecretEntry(String secretKey, RemoteReference remoteRef) {}

    record RemoteReference(String key, String property) {}
}
