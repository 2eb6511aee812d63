-- A replica of the DynamoDB table "orders" in a relational database, kept up to date.
-- The quick start replaces ${dynamodb.endpoint} and ${replica.url}; everything else runs as written.

-- The stream is read when a checkpoint has completed after the copy. Without checkpoints the replica gets no changes.
SET 'execution.checkpointing.interval' = '3 s';
SET 'parallelism.default' = '2';

-- The changes of one item must reach the same subtask of the sink. Otherwise they could overtake each other.
SET 'table.exec.sink.keyed-shuffle' = 'FORCE';

CREATE TABLE orders (
    customer_id    STRING,
    order_id       STRING,
    status         STRING,
    total          DECIMAL(12, 2),
    gift           BOOLEAN,
    address        ROW<street STRING, city STRING, zip STRING, country STRING>,
    line_items     ARRAY<ROW<sku STRING, title STRING, quantity INT, unit_price DECIMAL(10, 2)>>,
    tags           ARRAY<STRING>,
    updated_at     BIGINT,
    operation      STRING METADATA VIRTUAL,
    PRIMARY KEY (customer_id, order_id) NOT ENFORCED
) WITH (
    'connector' = 'dynamodb-replication',
    'table-name' = 'orders',
    'aws.region' = 'us-east-1',
    'aws.endpoint' = '${dynamodb.endpoint}',
    'aws.credentials.provider' = 'BASIC',
    'aws.credentials.basic.accesskeyid' = 'local',
    'aws.credentials.basic.secretkey' = 'local',
    'scan.snapshot.page-limit' = '1000',
    'scan.stream.poll-interval' = '500 ms'
);

CREATE TABLE replica (
    customer_id       STRING,
    order_id          STRING,
    status            STRING,
    total             DECIMAL(12, 2),
    gift              BOOLEAN,
    city              STRING,
    country           STRING,
    line_count        INT,
    first_sku         STRING,
    first_line_amount DECIMAL(12, 2),
    tags              STRING,
    updated_at        BIGINT,
    last_operation    STRING,
    PRIMARY KEY (customer_id, order_id) NOT ENFORCED
) WITH (
    'connector' = 'jdbc',
    'url' = '${replica.url}',
    'driver' = 'org.apache.derby.iapi.jdbc.AutoloadedDriver',
    'table-name' = 'replica',
    'sink.buffer-flush.max-rows' = '500',
    'sink.buffer-flush.interval' = '200 ms'
);

INSERT INTO replica
SELECT
    customer_id,
    order_id,
    status,
    total,
    gift,
    address.city,
    address.country,
    CARDINALITY(line_items),
    line_items[1].sku,
    CAST(line_items[1].quantity * line_items[1].unit_price AS DECIMAL(12, 2)),
    ARRAY_JOIN(ARRAY_SORT(tags), ','),
    updated_at,
    operation
FROM orders;
